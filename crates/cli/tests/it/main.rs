//! Tests of the command line, in one test program: most are transcripts, which are data.

mod credential_prompts;
mod files_api;
mod help_texts;
mod items_api;
mod real_binary;
mod reference;
mod search_api;
mod secrecy;
mod settings_file;
mod support;
mod transcripts;
mod warnings;
