/** Options about the comparison of runs, and how its outcome is printed. */
package io.nightjar.cli.comparison;
