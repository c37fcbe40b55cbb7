/**
 * The principal components themselves: the fewest that reach an explained variance ratio, of stages
 * that may be weighted, and projection onto them.
 */
package io.nightjar.pca.components;
