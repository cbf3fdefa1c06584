#!/bin/sh
# Write constraints.txt and requirements/*.txt from pyproject.toml: `make lock`. Pins stay as they are unless a package is
# new or UPGRADE is set (UPGRADE=1 for all, UPGRADE="flask numpy" for some). The first argument is the uv to use.
set -eu
uv=$1
cd "$(dirname "$0")/.."

upgrade=
case ${UPGRADE:-} in
"") ;;
1) upgrade=--upgrade ;;
*) for name in $UPGRADE; do upgrade="$upgrade --upgrade-package $name"; done ;;
esac

# The lowest Python that pyproject.toml allows; --universal makes the files fit every newer one and every platform.
python=$(sed -n 's/^requires-python = ">=\([0-9.]*\)"$/\1/p' pyproject.toml)

# Drop the pins whose names match a pattern, and the lines of hashes that belong to them.
without() {
	awk -v pattern="^($1)==" '/^[^ ]/ { dropped = ($0 ~ pattern) } !dropped'
}

compile() { # OUTPUT PATTERN-OF-WHAT-IS-LEFT-OUT OPTIONS...
	output=$1
	left_out=$2
	shift 2
	echo "$output"
	# uv takes the pins from the file that it writes, so that it is given a copy: an error leaves the old one whole.
	if [ -f "$output" ]; then cp "$output" "$output.new"; fi
	# shellcheck disable=SC2086 # The upgrades are words.
	"$uv" pip compile --quiet --no-config --universal --python-version "$python" --no-header --no-emit-index-url --no-annotate \
		$upgrade "$@" --output-file "$output.new"
	{
		echo "# Made by 'make lock' from pyproject.toml for Python $python and newer on every platform; not to be edited."
		without "$left_out" <"$output.new"
	} | sed '2,${/^#/d;}' >"$output"
	rm "$output.new"
}

mkdir -p requirements
# torch is the build that is at hand, which has other hashes; what it brings along, it pins itself.
cuda='cuda-.*|nvidia-.*|triton'
compile constraints.txt "$cuda" pyproject.toml --all-extras --group build --group models
compile requirements/supply.txt '' --group supply --generate-hashes --no-strip-extras
upgrade=
hashed() {
	output=$1
	left_out=$2
	shift 2
	compile "$output" "$left_out" --constraint constraints.txt --generate-hashes --no-strip-extras "$@"
}
hashed requirements/build.txt '' --group build
hashed requirements/core.txt '' pyproject.toml
# The tests try every extra but those that other files have, and that of the benchmarks.
extras=$(awk '/^\[/ { on = ($0 == "[project.optional-dependencies]") } on && /^[a-z-]+ = / { print $1 }' pyproject.toml |
	grep -vxE 'benchmarks|lint|sentence-transformers' | sed 's/^/--extra /')
# shellcheck disable=SC2086 # The options are words.
hashed requirements/test.txt '' pyproject.toml $extras
hashed requirements/lint.txt '' pyproject.toml --extra lint
hashed requirements/sentence-transformers.txt "$cuda|torch" pyproject.toml --extra sentence-transformers --group models
