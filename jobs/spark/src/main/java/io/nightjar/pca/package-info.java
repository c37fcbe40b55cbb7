/**
 * The Spark ML stages {@link io.nightjar.pca.PatchPca} and its model, and the reduction of
 * covariances from all executors to principal components in one task.
 *
 * @serial exclude
 */
package io.nightjar.pca;
