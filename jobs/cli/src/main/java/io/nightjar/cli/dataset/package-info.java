/** Options about the data set that a command reads. */
package io.nightjar.cli.dataset;
