/** The images and masks of a data set: where they are, whether they are sound, what they show. */
package io.nightjar.dataset;
