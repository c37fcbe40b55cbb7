/** The values of options that the command line leaves out: a settings file, and the defaults. */
package io.nightjar.cli.settings;
