/**
 * Sweeps: the configurations that a file of settings spans, their evaluations one after the other,
 * and how one of them is chosen.
 */
package io.nightjar.cli.sweep;
