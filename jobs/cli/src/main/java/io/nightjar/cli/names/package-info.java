/** The names of options on a command line: old ones, and those that another command has. */
package io.nightjar.cli.names;
