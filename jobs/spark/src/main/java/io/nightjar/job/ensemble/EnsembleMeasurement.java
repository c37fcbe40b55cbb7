package io.nightjar.job.ensemble;

import io.nightjar.dataset.Category;
import io.nightjar.job.ensemble.MemberOutcomes.OfCategory;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.MapSource;
import io.nightjar.job.measure.Measurement;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.measure.SecondPass;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.job.options.StageWork.Counted;
import io.nightjar.job.output.CategoryOutcome;
import io.nightjar.job.output.Reuse;
import io.nightjar.job.run.CategoryFailedException;
import io.nightjar.job.run.CategoryWork;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageClock;
import io.nightjar.job.run.StageReport;
import io.nightjar.report.CategoryResult;
import io.nightjar.score.MapEnsemble;
import io.nightjar.score.MapResize;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/** Measures the mean of the maps that the members of an ensemble have of one category. */
public final class EnsembleMeasurement implements CategoryWork<CategoryOutcome> {
  private final RunContext run;
  private final Category category;
  private final List<MemberOutcomes> members;
  private final double quantile;
  private final MeasureOptions options;
  private final MapMeasure measure;
  private final List<String> notes;
  private final StageReport stages;
  private final StageClock clock = new StageClock();

  /**
   * Creates a measurement; nothing runs before {@link #run}.
   *
   * @param members which were evaluated
   * @param quantile of the scores of normal patches that their maps are divided by
   * @param measure without smoothing, which the members' maps have
   * @param notes shown next to the category's metrics
   */
  public EnsembleMeasurement(
      RunContext run,
      Category category,
      List<MemberOutcomes> members,
      double quantile,
      MeasureOptions options,
      MapMeasure measure,
      List<String> notes) {
    this.run = run;
    this.category = category;
    this.members = List.copyOf(members);
    this.quantile = quantile;
    this.options = options;
    this.measure = measure.withSaturation(category.saturation());
    this.notes = List.copyOf(notes);
    this.stages = new StageReport(run, category.name());
  }

  @Override
  public String category() {
    return category.name();
  }

  @Override
  public int images() {
    return Math.max(1, category.test().size());
  }

  @Override
  public String summary(CategoryOutcome outcome) {
    return outcome.summary();
  }

  @Override
  public CategoryOutcome run() {
    List<OfCategory> found = members.stream().map(this::required).toList();
    Quarantine quarantine = quarantine(found);
    List<EnsembleImage> images = images(found, quarantine);
    CollectionAccumulator<FileOutcome> outcomes = run.spark().sc().collectionAccumulator();
    ScoredPart scored = clock.time("average", () -> count(images, outcomes));
    quarantine.enter(outcomes.value());
    run.progress().leftOut(category.name(), quarantine.files().size());
    quarantine.check();
    quarantine.requireTestImages(scored.images());
    Measurement measured =
        clock.time(
            "measure",
            () ->
                new SecondPass(run, options, measure, SecondPass.RANGE_PIXELS)
                    .measure(scored, stages));
    List<String> all = new ArrayList<>(notes);
    all.add(note(found));
    stages.storageNote().ifPresent(all::add);
    CategoryResult result =
        new CategoryResult(
            category.name(),
            found.get(0).outcome().result().trainImages(),
            scored.images().size(),
            quarantine.files(),
            0,
            0,
            measured.metrics(),
            options.resolutionName(),
            clock.total(),
            clock.seconds(),
            all);
    return CategoryOutcome.of(result, Map.of(), scored, measured, quarantine, Reuse.NONE);
  }

  private OfCategory required(MemberOutcomes member) {
    return member
        .of(category.name())
        .orElseThrow(
            () ->
                new CategoryFailedException(
                    Text.format(
                        "The member %s has nothing to average of it: %s",
                        member.name(), member.reason(category.name())),
                    List.of()));
  }

  /** What any member left out, and files that two members found to be different ones. */
  private Quarantine quarantine(List<OfCategory> found) {
    Quarantine quarantine =
        Quarantine.of(
            category.name(),
            category.train().size() + category.test().size(),
            category.leftOut(),
            run.options().maxQuarantined());
    for (OfCategory member : found) {
      quarantine.enter(
          member.outcome().hashes().entrySet().stream()
              .map(file -> new FileOutcome(file.getKey(), file.getValue(), ""))
              .toList());
      member
          .outcome()
          .result()
          .quarantined()
          .forEach(file -> quarantine.leaveOut(file.path(), file.reason()));
    }
    return quarantine;
  }

  /** The images that every member has a map of. */
  private List<EnsembleImage> images(List<OfCategory> found, Quarantine quarantine) {
    List<Map<String, ScoredImage>> maps =
        found.stream().map(member -> byPath(member.outcome().images())).toList();
    Set<String> leftOut = quarantine.paths();
    List<EnsembleImage> images = new ArrayList<>();
    for (ScoredImage image : found.get(0).outcome().images()) {
      String path = image.ref().relativePath();
      if (!leftOut.contains(path) && maps.stream().allMatch(own -> own.containsKey(path))) {
        List<MapEnsemble.Member> own = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
          own.add(member(maps.get(i).get(path), members.get(i), found.get(i)));
        }
        images.add(new EnsembleImage(image, new MapEnsemble(own)));
      }
    }
    return images;
  }

  private static Map<String, ScoredImage> byPath(List<ScoredImage> images) {
    Map<String, ScoredImage> byPath = new HashMap<>();
    images.forEach(image -> byPath.put(image.ref().relativePath(), image));
    return byPath;
  }

  private static MapEnsemble.Member member(
      ScoredImage image, MemberOutcomes member, OfCategory found) {
    return new MapEnsemble.Member(
        ((MapSource.InMemory) image.map()).map(),
        new MapResize(member.smoothing(), image.input().height(), image.input().width()),
        found.scale().value());
  }

  private ScoredPart count(
      List<EnsembleImage> images, CollectionAccumulator<FileOutcome> outcomes) {
    LongAccumulator handled = stages.counter();
    stages.begin("average maps", Counted.IMAGES, images.size(), handled);
    return ScoredPart.gather(
        run.spark()
            .parallelize(images, run.partitionsOf(images.size()))
            .mapPartitions(new EnsemblePass(measure, outcomes, handled, stages.watch())));
  }

  /** How the maps became one, in a sentence. */
  private String note(List<OfCategory> found) {
    List<String> scales = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      scales.add(
          Text.format(
              "%.6g (%s, %s)",
              found.get(i).scale().value(),
              members.get(i).name(),
              Text.counted(found.get(i).scale().images(), "normal image", "normal images")));
    }
    return Text.format(
        "The maps of %d configurations are averaged, each divided by the %s-quantile of the scores"
            + " of normal patches, each image compared with the bank without it: %s.",
        members.size(), quantile, scales.stream().collect(Collectors.joining(", ")));
  }
}
