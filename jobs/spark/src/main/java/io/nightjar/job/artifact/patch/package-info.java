/**
 * Patch embeddings of images, and the covariances of chunks of them, that are kept from run to run.
 */
package io.nightjar.job.artifact.patch;
