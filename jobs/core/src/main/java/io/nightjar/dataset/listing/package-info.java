/**
 * Folders of any Hadoop file system: what is in them, each real folder once, and an inventory that
 * lets no entry get lost. The layouts of data sets and of maps read their folders with it.
 */
package io.nightjar.dataset.listing;
