/** What the residual of either solve is; g stands for the gradient of the loss at the forward point. */
export const residualFormulas = {
  forward: { rel: '‖f(z) − z‖ / ‖f(z)‖', abs: '‖f(z) − z‖' },
  backward: { rel: '‖Jᵀu + g − u‖ / ‖Jᵀu + g‖', abs: '‖Jᵀu + g − u‖' },
} as const;
