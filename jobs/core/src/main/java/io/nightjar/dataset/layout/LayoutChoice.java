package io.nightjar.dataset.layout;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The layouts that a location may be in.
 *
 * @param id {@link #AUTO}, {@link #MANIFEST} or the id of a layout
 * @param known all layouts, in the order in which they are asked
 * @param manifests reads manifests
 */
public record LayoutChoice(String id, List<DataLayout> known, Manifests manifests) {
  /** Whatever layout the location is in. */
  public static final String AUTO = "auto";

  /** A table of images. */
  public static final String MANIFEST = "manifest";

  /** Reads tables of images. */
  public interface Manifests {

    /**
     * The categories of a manifest.
     *
     * @param required whether the location must be one
     * @return empty where it is none
     * @throws InvalidInputException if it is one that cannot be used, or must be one and is none
     */
    Optional<Catalogue> read(
        String location, List<String> only, Purpose purpose, boolean required, Configuration conf);
  }

  /**
   * Checks the id.
   *
   * @throws InvalidInputException if there is no such layout
   */
  public LayoutChoice {
    known = List.copyOf(known);
    List<String> ids =
        Stream.concat(
                Stream.of(AUTO),
                Stream.concat(known.stream().map(DataLayout::id), Stream.of(MANIFEST)))
            .toList();
    if (!ids.contains(id)) {
      throw new InvalidInputException(
          Text.format(
              "The option --layout is \"%s\"; it must be %s.", id, String.join(" or ", ids)));
    }
  }

  /** The layout of MVTec AD alone. */
  static LayoutChoice mvtecAd() {
    return new LayoutChoice(
        AUTO,
        List.of(new MvtecAdLayout()),
        (location, only, purpose, required, conf) -> Optional.empty());
  }

  /** Whether the layout is recognised by its folders. */
  boolean isAuto() {
    return id.equals(AUTO);
  }

  /** The categories, where the location is a manifest and may be one. */
  Optional<Catalogue> manifest(
      String location, List<String> only, Purpose purpose, Configuration conf) {
    boolean required = id.equals(MANIFEST);
    return required || isAuto()
        ? manifests.read(location, only, purpose, required, conf)
        : Optional.empty();
  }

  /** The layout that a folder is in, among those that it may be in. */
  Optional<DataLayout> recognise(FolderListing listing, Purpose purpose) {
    if (known.size() > 1) {
      listTogether(listing);
    }
    return known.stream()
        .filter(layout -> isAuto() ? layout.isRecognisedFor(purpose) : layout.id().equals(id))
        .filter(layout -> layout.recognises(listing, purpose))
        .findFirst();
  }

  /** Lists at once what the layouts look at one by one, since an object store answers slowly. */
  private static void listTogether(FolderListing listing) {
    List<Entry> root = listing.list(listing.root());
    List<Entry> below =
        listing.list(FolderListing.folders(root)).values().stream().flatMap(List::stream).toList();
    List<Path> parts = new ArrayList<>();
    for (List<Entry> level : List.of(root, below)) {
      parts.addAll(FolderListing.folderNamed(MvtecAdLayout.TRAIN, level));
      parts.addAll(FolderListing.folderNamed(MvtecAdLayout.TEST, level));
    }
    Map<Path, List<Entry>> content = listing.list(parts);
    listing.list(
        content.entrySet().stream()
            .filter(part -> part.getKey().getName().equals(MvtecAdLayout.TEST))
            .flatMap(part -> FolderListing.folders(part.getValue()).stream().limit(1))
            .toList());
  }

  /**
   * The layout that a folder is in.
   *
   * @throws InvalidInputException if it is in none of those that it may be in
   */
  DataLayout require(String location, FolderListing listing, Purpose purpose) {
    return recognise(listing, purpose).orElseThrow(() -> unknown(location, purpose, listing));
  }

  /** Says what was expected and found, and which layout is the nearest. */
  InvalidInputException unknown(String location, Purpose purpose, FolderListing listing) {
    DataLayout asked =
        known.stream()
            .filter(layout -> layout.id().equals(isAuto() ? "mvtec-ad" : id))
            .findFirst()
            .orElseThrow();
    String found =
        Text.format(
            "There is no category in %s: expected %s, found %s.",
            location, asked.expected(), DataSets.found(listing));
    String other =
        known.stream()
            .filter(layout -> layout.recognises(listing, purpose))
            .findFirst()
            .map(
                layout ->
                    Text.format(
                        " It is in the layout of %s (--layout %s).", layout.title(), layout.id()))
            .or(() -> new NearbyCategory(listing).remedy())
            .orElseGet(() -> nearest(asked, listing));
    String remedy =
        known.size() == 1
            ? ""
            : " For any other arrangement, list the images in a manifest (--layout manifest).";
    return new InvalidInputException(found + other + remedy);
  }

  /** The layout with the most of its typical folders in the first two levels, in a sentence. */
  private String nearest(DataLayout asked, FolderListing listing) {
    List<Path> folders = FolderListing.folders(listing.list(listing.root()));
    Set<String> names =
        Stream.concat(
                listing.list(listing.root()).stream(),
                listing.list(folders).values().stream().flatMap(List::stream))
            .filter(Entry::isFolder)
            .map(entry -> entry.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    names.add(listing.root().getName().toLowerCase(Locale.ROOT));
    return known.stream()
        .filter(layout -> matches(layout, names) > 0)
        .max(Comparator.comparingInt(layout -> matches(layout, names)))
        .filter(layout -> !layout.id().equals(asked.id()))
        .map(
            layout ->
                Text.format(
                    " The nearest layout is that of %s (--layout %s): %s.",
                    layout.title(), layout.id(), layout.expected()))
        .orElse("");
  }

  private static int matches(DataLayout layout, Set<String> names) {
    Set<String> both = new HashSet<>(layout.typicalFolders());
    both.retainAll(names);
    return both.size();
  }
}
