package io.nightjar.dataset.layout;

import io.nightjar.dataset.decode.ImageFormat;
import io.nightjar.dataset.decode.UnreadFormat;
import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.FileKinds;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.text.Text;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Images among files whose names do not say what they are. Only the first bytes of a few files of
 * each extension are read: what these are, the others are taken to be.
 */
final class UnknownFiles {
  /** Files of one extension that are looked into. */
  private static final int LOOKED_INTO = 3;

  private final Map<String, String> reasons = new HashMap<>();

  /** Looks into some of the files. */
  UnknownFiles(List<Entry> entries, FolderListing listing) {
    Map<String, Integer> seen = new HashMap<>();
    Set<String> images = new HashSet<>();
    for (Entry entry : entries) {
      if (!entry.isFile() || !FileKinds.isUnknown(entry.name())) {
        continue;
      }
      String extension = FileKinds.extension(entry.name());
      if (!images.contains(extension) && seen.merge(extension, 1, Integer::sum) <= LOOKED_INTO) {
        reason(listing.firstBytes(entry.path(), UnreadFormat.SIGNATURE_BYTES))
            .ifPresent(
                reason -> {
                  images.add(extension);
                  reasons.put(extension, reason);
                });
      }
    }
  }

  /** Why such a file is an image that cannot be used, in a sentence; empty for all others. */
  Optional<String> reason(Entry entry) {
    return FileKinds.isUnknown(entry.name())
        ? Optional.ofNullable(reasons.get(FileKinds.extension(entry.name())))
        : Optional.empty();
  }

  private static Optional<String> reason(byte[] start) {
    return ImageFormat.of(start)
        .map(
            format ->
                Text.format(
                    "Its name does not end like an image's, but it begins as a %s file; rename it.",
                    format))
        .or(() -> UnreadFormat.of(start).map(UnreadFormat::refusal));
  }
}
