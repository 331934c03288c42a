# From CTest's JUnit file: one line "TEST<tab>REASON" for each test that did not run. The reason is what GTEST_SKIP was
# told (the line after "FILE:LINE: Skipped"), or what follows "skipped: " in the output of a script.
/<testcase name="/ {
  name = $0; sub(/.*<testcase name="/, "", name); sub(/" classname=.*/, "", name)
  idle = /status="(notrun|disabled)"/
  reason = /status="disabled"/ ? "disabled" : ""
  in_reason = 0
}
in_reason { reason = $0; in_reason = 0 }
/: Skipped$/ { in_reason = 1 }
/skipped: / { reason = $0; sub(/.*skipped: /, "", reason) }
/<\/testcase>/ && idle { print name "\t" (reason == "" ? "no reason given" : reason) }
