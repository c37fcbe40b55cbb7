/** What a command leaves of itself while it runs and at its end, and what reads it. */
package io.nightjar.cli.status;
