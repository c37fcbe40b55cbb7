/**
 * The options of the commands, in groups that several commands share, and their conversion to the
 * options of the actions.
 */
package io.nightjar.cli.options;
