package io.nightjar.dataset.listing;

import io.nightjar.dataset.ledger.PassedOver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * Lists all that is below folders, level by level. Within one group of folders each real folder is
 * listed once, and below one folder each real file counts once, whatever links lead there: by its
 * own path where that is below the folder, and otherwise by the first link to it. So links that
 * lead in a circle end, and a link {@code latest} to the newest day adds nothing.
 */
public final class Walk {
  private final FolderListing listing;
  private final Map<Path, List<Entry>> files = new LinkedHashMap<>();

  /** A folder that is still to be listed, on behalf of a folder that was asked for. */
  private record Pending(Path start, Path folder, Group group) {}

  /** Folders of which none is listed twice. */
  private static final class Group {
    private final Set<String> reached = new HashSet<>();
    private final List<Link> links = new ArrayList<>();
  }

  private record Link(Path start, Entry entry) {}

  private Walk(FolderListing listing) {
    this.listing = listing;
  }

  /**
   * The files below each folder and what else is there that is no folder, sorted by path.
   *
   * @param groups folders, in groups within which no folder is listed twice
   */
  public static Map<Path, List<Entry>> below(Collection<List<Path>> groups, FolderListing listing) {
    return new Walk(listing).below(groups);
  }

  /** The same for one folder. */
  public static List<Entry> below(Path folder, FolderListing listing) {
    return below(List.of(List.of(folder)), listing).get(folder);
  }

  /**
   * The folders without those that are links to another one of them, which are passed over, in
   * their order.
   */
  public static List<Path> distinct(List<Path> folders, FolderListing listing) {
    Walk walk = new Walk(listing);
    Set<Path> kept = new HashSet<>();
    walk.starts(List.of(folders)).forEach(start -> kept.add(start.folder()));
    return folders.stream().filter(kept::contains).toList();
  }

  private Map<Path, List<Entry>> below(Collection<List<Path>> groups) {
    List<Pending> level = starts(groups);
    Set<Group> all = new LinkedHashSet<>();
    level.forEach(pending -> all.add(pending.group()));
    while (!level.isEmpty()) {
      List<Pending> deeper = step(level);
      if (deeper.isEmpty()) {
        all.forEach(group -> deeper.addAll(follow(group)));
      }
      level = deeper;
    }
    files.replaceAll((start, entries) -> distinct(entries));
    return files;
  }

  /** The folders that were asked for; of two that are one folder, the first that is no link. */
  private List<Pending> starts(Collection<List<Path>> groups) {
    listing.list(groups.stream().flatMap(List::stream).toList());
    List<Pending> starts = new ArrayList<>();
    for (List<Path> folders : groups) {
      Group group = new Group();
      List<Path> ordered = new ArrayList<>(folders);
      ordered.sort(Comparator.comparing(this::isLink).thenComparing(Path::toString));
      for (Path folder : ordered) {
        files.put(folder, new ArrayList<>());
        if (group.reached.add(listing.real(folder))) {
          starts.add(new Pending(folder, folder, group));
        } else {
          listing.inventory().pass(folder, PassedOver.Kind.REACHED_TWICE);
        }
      }
    }
    return starts;
  }

  private boolean isLink(Path folder) {
    String above = listing.real(folder.getParent());
    return above != null && !listing.real(folder).equals(join(above, folder.getName()));
  }

  private List<Pending> step(List<Pending> level) {
    Map<Path, List<Entry>> content = listing.list(level.stream().map(Pending::folder).toList());
    List<Pending> deeper = new ArrayList<>();
    for (Pending pending : level) {
      for (Entry entry : content.get(pending.folder())) {
        if (!entry.isFolder()) {
          files.get(pending.start()).add(entry);
        } else if (entry.isLink()) {
          pending.group().links.add(new Link(pending.start(), entry));
        } else {
          String real = join(listing.real(pending.folder()), entry.name());
          enter(new Pending(pending.start(), entry.path(), pending.group()), real, deeper);
        }
      }
    }
    return deeper;
  }

  /** Links come after all real folders, which may turn out to be the ones that they lead to. */
  private List<Pending> follow(Group group) {
    List<Link> links = new ArrayList<>(group.links);
    group.links.clear();
    links.sort(Comparator.comparing(link -> link.entry().path().toString()));
    List<Pending> deeper = new ArrayList<>();
    for (Link link : links) {
      Path path = link.entry().path();
      String real = link.entry().real();
      if (isAbove(real, listing.real(link.start()))) {
        listing.inventory().pass(path, PassedOver.Kind.REACHED_TWICE);
      } else {
        enter(new Pending(link.start(), path, group), real, deeper);
      }
    }
    return deeper;
  }

  private void enter(Pending pending, String real, List<Pending> deeper) {
    if (pending.group().reached.add(real)) {
      deeper.add(pending);
    } else {
      listing.inventory().pass(pending.folder(), PassedOver.Kind.REACHED_TWICE);
    }
  }

  private static boolean isAbove(String folder, String other) {
    return other.startsWith(folder.endsWith("/") ? folder : folder + "/");
  }

  /** Each real file once. */
  private List<Entry> distinct(List<Entry> entries) {
    List<Entry> sorted = sorted(entries);
    if (sorted.stream().noneMatch(Entry::isLink)) {
      return sorted;
    }
    Map<String, Entry> byReal = new HashMap<>();
    sorted.stream()
        .filter(entry -> !entry.isLink())
        .forEach(entry -> byReal.put(real(entry), entry));
    for (Entry entry : sorted) {
      if (entry.isLink()) {
        byReal.putIfAbsent(entry.real(), entry);
      }
    }
    List<Entry> distinct = new ArrayList<>();
    for (Entry entry : sorted) {
      if (!entry.isLink() || byReal.get(entry.real()).equals(entry)) {
        distinct.add(entry);
      } else {
        listing.inventory().pass(entry.path(), PassedOver.Kind.REACHED_TWICE);
      }
    }
    return distinct;
  }

  private static List<Entry> sorted(List<Entry> entries) {
    // A path's text is made again whenever it is asked for.
    record Keyed(String path, Entry entry) {}
    return entries.stream()
        .map(entry -> new Keyed(entry.path().toString(), entry))
        .sorted(Comparator.comparing(Keyed::path))
        .map(Keyed::entry)
        .toList();
  }

  private String real(Entry entry) {
    return join(listing.real(entry.path().getParent()), entry.name());
  }

  private static String join(String folder, String name) {
    return folder.endsWith("/") ? folder + name : folder + "/" + name;
  }
}
