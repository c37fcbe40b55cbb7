/**
 * The passes over normal images that build a bank: covariance, principal components, and the
 * projection into rows.
 */
package io.nightjar.job.fit;
