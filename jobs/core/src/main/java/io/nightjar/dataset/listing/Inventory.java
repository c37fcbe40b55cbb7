package io.nightjar.dataset.listing;

import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.dataset.ledger.PassedOver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * Every entry that was listed, and what became of it. What a layout does not settle is passed over
 * as what it is by its name, so that no entry gets lost.
 */
public final class Inventory {
  private final Path root;
  private final Map<Path, List<Entry>> folders = new LinkedHashMap<>();
  private final Map<Path, PassedOver.Kind> passed = new HashMap<>();
  private final Set<Path> used = new HashSet<>();
  private final Set<Path> quarantined = new HashSet<>();

  Inventory(Path root) {
    this.root = root;
  }

  void found(Path folder, List<Entry> entries) {
    folders.put(folder, entries);
  }

  /** An entry that the command reads. */
  public void use(Path entry) {
    passed.remove(entry);
    used.add(entry);
  }

  /** An entry that is left out with a reason of its own. */
  public void quarantine(Path entry) {
    used.remove(entry);
    passed.remove(entry);
    quarantined.add(entry);
  }

  /** An entry that is neither; a folder includes all that is below it. */
  public void pass(Path entry, PassedOver.Kind kind) {
    used.remove(entry);
    quarantined.remove(entry);
    passed.put(entry, kind);
  }

  /**
   * What became of the entries of a folder and of all folders below it.
   *
   * @param except folders whose entries have a ledger of their own
   */
  public Ledger ledger(Path folder, Collection<Path> except) {
    long read = 0;
    long left = 0;
    Map<PassedOver.Kind, List<String>> others = new EnumMap<>(PassedOver.Kind.class);
    for (Path listed : folders.keySet()) {
      if (!isWithin(listed, folder) || except.stream().anyMatch(other -> isWithin(listed, other))) {
        continue;
      }
      for (Account account : accounts(listed)) {
        switch (account.fate()) {
          case USED -> read++;
          case QUARANTINED -> left++;
          case PASSED_OVER ->
              others
                  .computeIfAbsent(account.kind(), first -> new ArrayList<>())
                  .add(relative(account.path()));
        }
      }
    }
    long rest = others.values().stream().mapToLong(List::size).sum();
    return new Ledger(
        read + left + rest,
        read,
        left,
        others.entrySet().stream()
            .map(kind -> PassedOver.of(kind.getKey(), kind.getValue().stream().sorted().toList()))
            .toList());
  }

  /** What becomes of an entry. */
  public enum Fate {
    /** It is read. */
    USED,
    /** It is left out with a reason of its own. */
    QUARANTINED,
    /** It is neither. */
    PASSED_OVER
  }

  /**
   * What became of one entry.
   *
   * @param kind of what is passed over; null for all others
   */
  public record Account(Path path, Fate fate, PassedOver.Kind kind) {}

  /** What became of all entries. */
  public List<Account> accounts() {
    return folders.keySet().stream().flatMap(folder -> accounts(folder).stream()).toList();
  }

  /** The entries of a folder, without folders whose own entries count. */
  private List<Account> accounts(Path folder) {
    List<Account> accounts = new ArrayList<>();
    if (isPassed(folder)) {
      return accounts;
    }
    for (Entry entry : folders.get(folder)) {
      Path path = entry.path();
      PassedOver.Kind kind = passed.get(path);
      if (kind != null) {
        accounts.add(new Account(path, Fate.PASSED_OVER, kind));
      } else if (used.contains(path)) {
        accounts.add(new Account(path, Fate.USED, null));
      } else if (quarantined.contains(path)) {
        accounts.add(new Account(path, Fate.QUARANTINED, null));
      } else if (!folders.containsKey(path)) {
        accounts.add(new Account(path, Fate.PASSED_OVER, FileKinds.kind(entry)));
      }
    }
    return accounts;
  }

  /** Whether the folder, or one above it, was passed over as a whole. */
  private boolean isPassed(Path folder) {
    for (Path above = folder; above != null && !above.equals(root); above = above.getParent()) {
      if (passed.containsKey(above)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWithin(Path path, Path folder) {
    String below = path.toString();
    String above = folder.toString();
    return below.equals(above)
        || above.isEmpty()
        || below.startsWith(above.endsWith("/") ? above : above + "/");
  }

  /** A path below the folder that the user named. */
  public String relative(Path entry) {
    return relative(root, entry);
  }

  /** A path below one of the folders above it. */
  public static String relative(Path folder, Path entry) {
    String base = folder.toUri().getPath();
    return entry
        .toUri()
        .getPath()
        .substring(base.endsWith("/") ? base.length() : base.length() + 1);
  }
}
