/**
 * Covariances of patches, accumulated block by block and combined in a fixed order, so that the
 * result does not depend on how the work is divided.
 */
package io.nightjar.pca.covariance;
