package io.nightjar.dataset.layout.known;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.layout.CategoryNames;
import io.nightjar.dataset.layout.DataLayout;
import io.nightjar.dataset.layout.Purpose;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.dataset.listing.Walk;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/** A layout whose paths say what each file is for. */
final class RuledLayout implements DataLayout {
  private final CategoryRules rules;

  RuledLayout(CategoryRules rules) {
    this.rules = rules;
  }

  @Override
  public String id() {
    return rules.id();
  }

  @Override
  public String title() {
    return rules.title();
  }

  @Override
  public String expected() {
    return rules.expected();
  }

  @Override
  public Set<String> typicalFolders() {
    return rules.typicalFolders();
  }

  @Override
  public boolean recognises(FolderListing listing, Purpose purpose) {
    return isOneCategory(listing, purpose) || !rules.categories(listing).isEmpty();
  }

  @Override
  public boolean isRecognisedFor(Purpose purpose) {
    return rules.isRecognisedFor(purpose);
  }

  @Override
  public boolean isOneCategory(FolderListing listing, Purpose purpose) {
    return rules.isCategory(listing.root(), listing);
  }

  @Override
  public Catalogue read(FolderListing listing, List<String> only, Purpose purpose) {
    Map<String, Path> selected = selected(listing, only, purpose);
    Map<Path, List<Entry>> files =
        Walk.below(selected.values().stream().map(List::of).toList(), listing);
    List<Category> categories = new ArrayList<>();
    selected.forEach(
        (name, folder) ->
            categories.add(
                new RuledCategory(name, folder, rules.roles(folder, listing), purpose, listing)
                    .read(files.get(folder))));
    return new Catalogue(
        description(categories),
        id(),
        categories,
        listing.inventory().ledger(listing.root(), selected.values()));
  }

  private Map<String, Path> selected(FolderListing listing, List<String> only, Purpose purpose) {
    Map<String, Path> all = new TreeMap<>();
    if (isOneCategory(listing, purpose)) {
      String own = listing.root().getName();
      all.put(rules.hasAnyName() ? CategoryNames.one(own, only, own) : own, listing.root());
    } else {
      List<Path> folders = rules.categories(listing);
      // One that is named is meant, whatever it leads to.
      (only.isEmpty() ? Walk.distinct(folders, listing) : folders)
          .forEach(folder -> all.put(folder.getName(), folder));
      passOthers(listing, folders);
    }
    Map<String, Path> selected = CategoryNames.select(only, all);
    all.values().stream()
        .filter(folder -> !selected.containsValue(folder))
        .forEach(folder -> listing.inventory().pass(folder, PassedOver.Kind.NOT_SELECTED));
    return selected;
  }

  private void passOthers(FolderListing listing, Collection<Path> categories) {
    for (Path folder : FolderListing.folders(listing.list(listing.root()))) {
      String below = folder + "/";
      boolean holdsCategory =
          categories.contains(folder)
              || categories.stream().anyMatch(category -> category.toString().startsWith(below));
      if (!holdsCategory && !rules.otherFolders().contains(folder.getName())) {
        listing.inventory().pass(folder, PassedOver.Kind.NO_CATEGORY);
      }
    }
  }

  /** Such as {@code KolektorSDD: 50 folders}. */
  private String description(List<Category> categories) {
    long units =
        categories.stream()
            .flatMap(category -> Stream.concat(category.train().stream(), category.test().stream()))
            .map(ImageRef::relativePath)
            .map(path -> path.substring(0, Math.max(0, path.indexOf('/'))))
            .distinct()
            .count();
    String count =
        rules.units().isEmpty()
            ? Text.counted(categories.size(), "category", "categories")
            : Text.counted(units, "folder", rules.units());
    String remark = rules.remark().isEmpty() ? "" : ", " + rules.remark();
    return Text.format("%s: %s%s", rules.title(), count, remark);
  }
}
