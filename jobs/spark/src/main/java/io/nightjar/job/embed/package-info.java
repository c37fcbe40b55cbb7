/**
 * The first half of every pass over images: chunks of the catalogue are read, checked, decoded and
 * embedded, batch by batch, on the executors.
 */
package io.nightjar.job.embed;
