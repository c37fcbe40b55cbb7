/**
 * Why patches have their scores, on a cluster: the highest patches of the images of a run are
 * embedded again, compared with the files of the stored bank, and cut out of their images.
 */
package io.nightjar.job.reason;
