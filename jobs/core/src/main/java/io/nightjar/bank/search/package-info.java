/**
 * A memory bank in memory and what every search has in common: its arguments, its answers, and the
 * interface of a search.
 */
package io.nightjar.bank.search;
