/** Formatting of text for people and for files, the same in every locale. Used by every package. */
package io.nightjar.text;
