/** Ensembles: the command lines of the configurations whose maps are averaged. */
package io.nightjar.cli.ensemble;
