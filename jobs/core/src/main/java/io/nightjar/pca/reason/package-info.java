/**
 * What a distance between two patches consists of: the parts of the stages of the network, of the
 * place on the grid and of single components, and how much of a patch the components do not see.
 */
package io.nightjar.pca.reason;
