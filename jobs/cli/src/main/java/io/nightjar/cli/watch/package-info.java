/** The command that scores the images that arrive in a folder. */
package io.nightjar.cli.watch;
