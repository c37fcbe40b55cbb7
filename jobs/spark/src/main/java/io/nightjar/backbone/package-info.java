/**
 * The Spark ML stage {@link io.nightjar.backbone.PatchEmbedder}, the embedders that Spark tasks
 * share, the assignment of GPUs to tasks, and the translator by which DJL loads exported models.
 */
package io.nightjar.backbone;
