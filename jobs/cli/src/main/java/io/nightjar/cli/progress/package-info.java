/** Progress at a console: bars where it is a terminal, lines elsewhere. */
package io.nightjar.cli.progress;
