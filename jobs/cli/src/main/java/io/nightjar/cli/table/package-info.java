/** Results and tables as commands print them. */
package io.nightjar.cli.table;
