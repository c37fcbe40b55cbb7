/**
 * Formatting of text for people and for files, the same in every locale, without secrets in
 * addresses, control characters and formulas. Used by every package.
 */
package io.nightjar.text;
