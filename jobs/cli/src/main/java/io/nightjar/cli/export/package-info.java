/** The command that writes a stored bank as one portable file. */
package io.nightjar.cli.export;
