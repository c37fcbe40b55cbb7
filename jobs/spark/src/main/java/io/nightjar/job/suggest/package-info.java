/**
 * Which of the images of scoring runs are worth a person's look: those between the limits of what a
 * bank's own images score and what is held back, farthest from the bank and from one another first.
 */
package io.nightjar.job.suggest;
