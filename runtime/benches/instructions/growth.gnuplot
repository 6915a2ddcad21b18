# Draws the plot of the docs from target/growth.txt.
set terminal svg size 760,250 font "sans-serif,11" background "white"
array labels = ["requirements", "roles in text", "bytes of the token"]
set multiplot layout 1,3
set key off
set format "%.0s%c"
set format y "%.1s%c"
set xrange [0:*]
set yrange [0:*]
set xtics font ",9"
set ytics font ",9"
do for [i = 0:2] {
    set xlabel labels[i + 1]
    if (i == 0) { set ylabel "instructions" } else { unset ylabel }
    plot "target/growth.txt" index i with linespoints pointtype 7 pointsize 0.5 linecolor "#1f5fa8"
}
