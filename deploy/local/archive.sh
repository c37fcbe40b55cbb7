# Sourced by nightjar, after java.sh: an archive of loaded classes (class-data sharing), from which a JVM starts
# in about half the processor time. It is made once for a build, after the first command has ended, and can only
# save time: a JVM that cannot use it (other jars, a heap of 32 GB) starts without a word as if there were none.

# archive_of FOLDER: the archive's file, another one for another Java.
archive_of() {
  echo "$1/local-$(cksum <<<"$release" | tr ' ' -).jsa"
}

# archive_fits: whether a JVM with the options of the user may start from one. JDK 17 crashes where classes of an
# archive are loaded while an agent or the flight recorder looks at what is loaded.
archive_fits() {
  [ "${NIGHTJAR_ARCHIVE:-on}" != off ] || return 1
  case " ${NIGHTJAR_JAVA_OPTS:-} ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} " in
    *" -agent"* | *" -javaagent"* | *FlightRecord*) return 1 ;;
  esac
}

# use_archive ARCHIVE BUILT: adds it to the flags where there is one of this build. The size is compared because a
# JVM crashes on an archive that was cut short.
use_archive() {
  if archive_fits && [ "$1" -nt "$2" ] &&
    [ "$(wc -c <"$1")" = "$(cat "$1.size" 2>/dev/null)" ]; then
    flags+=(-XX:SharedArchiveFile="$1" -Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off)
  fi
}

# archive_wanted ARCHIVE BUILT: whether one should be made: none was tried since the build, none is being made, and
# there is a place.
archive_wanted() {
  [ "${NIGHTJAR_ARCHIVE:-on}" != off ] && [ -w "$(dirname "$1")" ] && ! [ "$1.tried" -nt "$2" ] &&
    ! archive_in_the_making "$1"
}

# archive_in_the_making ARCHIVE: whether a process makes it: a link has the process's number. After an hour it is
# no longer believed, since another process may have the number.
archive_in_the_making() {
  [ -n "$(find "$1.making" -mmin -60 2>/dev/null)" ] && kill -0 "$(readlink "$1.making")" 2>/dev/null
}

# archive_claim ARCHIVE: makes the caller the one that makes it; fails where another process does.
archive_claim() {
  archive_in_the_making "$1" || rm -f "$1.making"
  ln -s "$BASHPID" "$1.making" 2>/dev/null
}

# make_archive ARCHIVE CLASS-PATH [PREFIX...]: runs a tiny evaluation, as an argument of the prefix, and keeps the
# classes that it loaded. The archive is complete when it gets its name.
make_archive() {
  local archive=$1 classpath=$2 work
  shift 2
  work=$(mktemp -d "$(dirname "$archive")/archive.XXXXXX") || return 0
  # Its time is the beginning: what is built meanwhile is newer.
  touch "$work/tried"
  if "$@" "$java" "${flags[@]}" -XX:ArchiveClassesAtExit="$work/classes.jsa" -Xlog:disable -Dnightjar.log="$work/log" \
    -cp "$classpath" io.nightjar.cli.rehearsal.Rehearsal "$work" >"$work/out" 2>&1 && [ -s "$work/classes.jsa" ]; then
    wc -c <"$work/classes.jsa" >"$work/size"
    touch -r "$work/tried" "$work/classes.jsa"
    mv -f "$work/size" "$archive.size"
    mv -f "$work/classes.jsa" "$archive"
  fi
  mv -f "$work/tried" "$archive.tried"
  rm -rf "$work"
}

# make_archive_after PROCESS ARCHIVE BUILT CLASS-PATH: the same in the background when the process has ended, behind
# all else that wants the processors: on a busy machine that takes long, and many commands may end meanwhile, so one
# process makes it. Ctrl-C is meant for the command, and does not end it.
make_archive_after() {
  (
    trap '' INT HUP
    while kill -0 "$1" 2>/dev/null; do sleep 1; done
    if archive_wanted "$2" "$3" && archive_claim "$2"; then
      make_archive "$2" "$4" nice -n 19
      rm -f "$2.making"
    fi
  ) </dev/null >/dev/null 2>&1 &
}
