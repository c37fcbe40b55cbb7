/** Tables that commands print for other programs. */
package io.nightjar.cli.table;
