/**
 * The exception for input that cannot be used. Every package may throw it; the command line prints
 * its message, a sentence for a person, and ends with exit code 2.
 */
package io.nightjar.error;
