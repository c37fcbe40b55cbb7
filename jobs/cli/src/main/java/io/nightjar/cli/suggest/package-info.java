/** The command that suggests images for a person's look. */
package io.nightjar.cli.suggest;
