/**
 * Places that a person names: where they really are, whether they overlap, and why one cannot be
 * used.
 */
package io.nightjar.io.place;
