//! What the test programs of this package and the fuzz targets share.

pub mod fuzzing;
