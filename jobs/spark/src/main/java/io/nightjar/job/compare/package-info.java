/** The baseline of an evaluation: found before the work begins, compared with when it has ended. */
package io.nightjar.job.compare;
