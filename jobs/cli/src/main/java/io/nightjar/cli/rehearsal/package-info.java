/**
 * A run of the command line that exists for the classes it loads: {@code deploy/local/nightjar}
 * keeps them in an archive, from which later commands start faster.
 */
package io.nightjar.cli.rehearsal;
