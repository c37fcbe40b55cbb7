/**
 * Screening of normal images: new images are compared with a bank before they enter it, and stored
 * banks are inspected for outliers.
 */
package io.nightjar.job.guard;
