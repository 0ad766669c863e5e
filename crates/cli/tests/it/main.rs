//! Tests of the command line, in one test program: most are transcripts, which are data.

mod help_texts;
mod real_binary;
mod reference;
mod settings_file;
mod support;
mod transcripts;
