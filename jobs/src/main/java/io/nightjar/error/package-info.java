/** Errors that every package may raise: sentences for a person. */
package io.nightjar.error;
