/**
 * The command line: one class for each command, which reads arguments, runs one action, prints its
 * result and sets the exit code. Nothing but {@code cli.rehearsal} depends on it.
 */
package io.nightjar.cli;
