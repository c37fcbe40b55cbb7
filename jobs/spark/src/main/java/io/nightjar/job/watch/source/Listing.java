package io.nightjar.job.watch.source;

import io.nightjar.job.watch.ledger.ListedFile;
import java.util.List;

/**
 * What a folder holds at one moment.
 *
 * @param files images by their names, and files of image types that are not read, which are refused
 *     when they are; the oldest first, then by path
 * @param empty files like these without a byte, which wait for their content
 */
public record Listing(List<ListedFile> files, List<ListedFile> empty) {}
