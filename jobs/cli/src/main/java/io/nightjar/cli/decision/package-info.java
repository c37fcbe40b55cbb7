/** Options of decisions without labels, and of the regions that they are made of. */
package io.nightjar.cli.decision;
