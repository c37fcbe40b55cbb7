/**
 * Decisions on new images by the scores that banks keep of their own: what a run needs for them,
 * found before any work.
 */
package io.nightjar.job.decision;
