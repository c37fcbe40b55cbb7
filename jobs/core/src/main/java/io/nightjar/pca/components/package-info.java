/**
 * The principal components themselves: the fewest that reach an explained variance ratio, and
 * projection onto them.
 */
package io.nightjar.pca.components;
