package io.nightjar.dataset.map;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ledger.Ledger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The anomaly maps of several methods, each in a folder of its own. */
public final class MapFolders {
  private MapFolders() {}

  /**
   * The maps of every test image in all folders. An image that lacks its map in one of them has a
   * sentence that says so instead.
   *
   * @param roots at least one directory, as any Hadoop path
   * @throws io.nightjar.error.InvalidInputException as {@link MapLayout#find} for any of them
   */
  public static FoundMaps find(
      List<String> roots, List<Category> categories, Configuration configuration) {
    List<FoundMaps> all =
        roots.stream().map(root -> MapLayout.find(root, categories, configuration)).toList();
    if (all.size() == 1) {
      return all.get(0);
    }
    Map<String, List<MapRef>> maps = new LinkedHashMap<>();
    Map<String, Ledger> inputs = new LinkedHashMap<>();
    for (Category category : categories) {
      String name = category.name();
      maps.put(name, together(all.stream().map(found -> found.maps().get(name)).toList(), roots));
      inputs.put(
          name,
          Ledger.sum(
              all.stream()
                  .flatMap(found -> Optional.ofNullable(found.inputs().get(name)).stream())
                  .toList()));
    }
    return new FoundMaps(maps, inputs, Ledger.sum(all.stream().map(FoundMaps::others).toList()));
  }

  /** Without images at hand, good ones are known by their maps, which a folder may lack. */
  private static List<MapRef> together(List<List<MapRef>> folders, List<String> roots) {
    Map<String, MapRef[]> byPath = new LinkedHashMap<>();
    for (int folder = 0; folder < folders.size(); folder++) {
      for (MapRef map : folders.get(folder)) {
        byPath
                .computeIfAbsent(map.image().relativePath(), path -> new MapRef[folders.size()])[
                folder] =
            map;
      }
    }
    return byPath.values().stream().map(own -> together(own, roots)).toList();
  }

  private static MapRef together(MapRef[] own, List<String> roots) {
    List<String> files = new ArrayList<>();
    String fault = "";
    MapRef any = null;
    for (int folder = 0; folder < own.length; folder++) {
      MapRef map = own[folder];
      if (map != null) {
        any = map;
      }
      if (map != null && map.isFound()) {
        files.add(map.uri());
      } else if (fault.isEmpty()) {
        fault =
            map == null
                ? "There is no anomaly map of it in " + roots.get(folder) + "."
                : map.fault();
      }
    }
    return new MapRef(
        any.image(),
        files.isEmpty() ? "" : files.get(0),
        fault,
        files.isEmpty() ? List.of() : files.subList(1, files.size()));
  }
}
