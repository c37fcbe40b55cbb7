package io.nightjar.job.reason;

import io.nightjar.bank.store.BankManifest;
import io.nightjar.dataset.ImageRef;
import io.nightjar.io.StorageException;
import io.nightjar.job.bank.UnifiedImages;
import io.nightjar.job.update.NameInBank;
import io.nightjar.job.update.SourceImages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the files of a bank's images may be now. */
final class NormalFiles {
  private static final Logger LOG = LoggerFactory.getLogger(NormalFiles.class);

  private NormalFiles() {}

  /**
   * The files at the paths of some images of a bank, whatever their content, in the order of the
   * bank's sources.
   *
   * @param names of images within the bank
   * @return addresses by name; a name that nothing has the path of is absent
   */
  static Map<String, List<String>> find(
      BankManifest manifest, Set<String> names, Configuration configuration) {
    Map<String, List<String>> byPath = new HashMap<>();
    boolean unified = manifest.category().equals(UnifiedImages.NAME);
    List<String> categories = unified ? List.of() : List.of(manifest.category());
    for (BankManifest.Source source : manifest.sources().stream().distinct().toList()) {
      for (ImageRef image : list(source, categories, configuration)) {
        String path =
            unified ? image.category() + "/" + image.relativePath() : image.relativePath();
        byPath.computeIfAbsent(path, absent -> new ArrayList<>()).add(image.uri());
      }
    }
    Map<String, List<String>> found = new HashMap<>();
    for (String name : names) {
      List<String> at = byPath.getOrDefault(NameInBank.path(name), List.of());
      if (!at.isEmpty()) {
        found.put(name, at);
      }
    }
    return found;
  }

  private static List<ImageRef> list(
      BankManifest.Source source, List<String> categories, Configuration configuration) {
    try {
      return SourceImages.list(source, categories, configuration);
    } catch (StorageException e) {
      LOG.warn("A source of the bank cannot be listed now", e);
      return List.of();
    }
  }
}
