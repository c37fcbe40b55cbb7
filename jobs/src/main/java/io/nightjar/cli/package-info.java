/** The command line: reads arguments, calls one action, sets the exit code. */
package io.nightjar.cli;
