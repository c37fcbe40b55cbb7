/** A streaming source of whole image files, which says of every listed file what became of it. */
package io.nightjar.job.watch.source;
